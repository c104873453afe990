"""What tests share: other people's programs, found or fetched."""
