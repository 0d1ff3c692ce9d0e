"""What readers get: downloads and the site."""
