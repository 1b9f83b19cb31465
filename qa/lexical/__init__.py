"""The search by words: an index of passages in files, by tantivy, or at Milvus."""
