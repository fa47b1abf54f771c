package dev.sobre.mail;

import java.util.List;

/**
 * What COPY or MOVE did (the COPYUID of RFC 4315): {@code from.get(i)} became {@code to.get(i)}.
 *
 * @param modSeq the target's MODSEQ after it, that of the last copy
 * @param vanishedModSeq of a MOVE, the source's new MODSEQ; 0 for a COPY
 */
public record CopyResult(
        long uidValidity, List<Long> from, List<Long> to, long modSeq, long vanishedModSeq) {}
