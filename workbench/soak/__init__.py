"""A day and a night of the trainer's life in accelerated time: does it live through them?"""
