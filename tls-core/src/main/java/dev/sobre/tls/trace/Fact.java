package dev.sobre.tls.trace;

/** One thing that a message says: what it is, and its value in words or in hexadecimal. */
public record Fact(String name, String value) {}
