package dev.sobre.mail;

/** Messages that were expunged, and the MODSEQ of their going. */
public record Vanished(UidSet uids, long modSeq) {}
