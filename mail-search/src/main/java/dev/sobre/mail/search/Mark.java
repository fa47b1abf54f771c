package dev.sobre.mail.search;

/**
 * How far a mailbox is indexed. A message never changes and its UID is never used again, so what is
 * indexed stays true: the index can be short of messages, or have more than there are, but it is
 * never wrong about one.
 *
 * @param uidValidity of the mailbox when it was indexed
 * @param uid all messages up to here are in the index
 * @param modSeq expunges up to here are taken from the index
 */
record Mark(long uidValidity, long uid, long modSeq) {}
