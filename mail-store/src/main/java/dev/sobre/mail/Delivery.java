package dev.sobre.mail;

import java.time.Instant;

/**
 * A message to be put into one mailbox.
 *
 * @param id makes the append idempotent: the same id in the same mailbox is stored once
 * @param internalDate RFC 9051 §2.3.3; kept to the millisecond
 */
public record Delivery(DeliveryId id, BlobSource body, Flags flags, Instant internalDate) {}
