"""In which language readers are told things: messages, passages, numbers, dates and hedges in words."""
