"""Claims about one model whose users curate its output."""
