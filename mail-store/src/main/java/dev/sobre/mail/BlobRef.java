package dev.sobre.mail;

/**
 * Where a body lies in its store; meaningless in any other.
 *
 * @param place a segment or object number
 * @param offset where it starts there
 * @param length its length in octets
 */
public record BlobRef(long place, long offset, long length) {}
