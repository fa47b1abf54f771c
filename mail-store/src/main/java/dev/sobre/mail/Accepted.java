package dev.sobre.mail;

import java.util.List;

/** The durable result of {@link MailStore#accept}. */
public record Accepted(DeliveryId id, List<Appended> local) {}
