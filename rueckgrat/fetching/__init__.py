"""What is published on the net, brought to this machine: whole, checked, or not at all."""
