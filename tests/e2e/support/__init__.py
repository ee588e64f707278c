"""What the browser tests share: servers for pages and trouble, and page objects."""
