package dev.sobre.mail.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ORDEREDSUBJECT: messages of one base subject, the later ones below the first. RFC 5256 §3. */
final class SubjectThreads implements Threading.Builder {

    /** By sent date, and then in the order of the mailbox. */
    private static final Comparator<Dated> BY_DATE =
            Comparator.comparingLong(Dated::sent).thenComparingLong(Dated::uid);

    private record Dated(long uid, long sent) {}

    private final Map<String, List<Dated>> subjects = new LinkedHashMap<>();

    @Override
    public void add(ThreadEntry entry) {
        subjects.computeIfAbsent(entry.subject(), s -> new ArrayList<>(1))
                .add(new Dated(entry.uid(), entry.sent()));
    }

    @Override
    public List<ThreadNode> threads() {
        List<List<Dated>> threads = new ArrayList<>(subjects.values());
        for (var each : threads) each.sort(BY_DATE);
        threads.sort(Comparator.comparing(List::getFirst, BY_DATE));
        return threads.stream().map(SubjectThreads::thread).toList();
    }

    private static ThreadNode thread(List<Dated> messages) {
        var root = new ThreadNode(messages.getFirst().uid());
        for (var each : messages.subList(1, messages.size())) {
            root.own().add(new ThreadNode(each.uid()));
        }
        return root;
    }
}
