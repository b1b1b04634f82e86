"""What other programs build on: requests of the API, a retriever for LangChain, an MCP server."""
