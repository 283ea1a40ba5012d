"""The pages of the drift benchmark (`cua bench drift`)."""
