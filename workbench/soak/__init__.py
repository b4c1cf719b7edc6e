"""A day and a night of the trainer, simulated in accelerated time, and what must hold in them."""
