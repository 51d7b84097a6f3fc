"""The rules of a goal as a document that a residency advisor can read, sign and correct."""
