"""What every chart is drawn with: style, picture, pixels, SVG."""
