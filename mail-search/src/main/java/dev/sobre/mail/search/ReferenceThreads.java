package dev.sobre.mail.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * REFERENCES: messages below those they answer, and conversations of one subject together. RFC 5256
 * §3, by its steps. Nothing here recurses, however deep a conversation goes.
 */
final class ReferenceThreads implements Threading.Builder {

    /** A node with what it is compared by; of a dummy, that is its first child's. */
    private static final class Branch {
        final ThreadNode node;
        final List<Branch> children = new ArrayList<>(1);
        final boolean reply;
        String subject;
        long sent;
        long uid;

        Branch(ThreadEntry entry) {
            node = new ThreadNode(entry.uid());
            subject = entry.subject();
            sent = entry.sent();
            uid = entry.uid();
            reply = entry.reply();
        }

        /** A dummy. */
        Branch() {
            node = new ThreadNode(0);
            reply = false;
            subject = "";
        }

        void sort() {
            children.sort(BY_DATE);
            if (!node.isDummy()) return;
            Branch first = children.getFirst();
            subject = first.subject;
            sent = first.sent;
            uid = first.uid;
        }
    }

    /** RFC 5256 §2.2: by sent date, and then in the order of the mailbox. */
    private static final Comparator<Branch> BY_DATE =
            Comparator.<Branch>comparingLong(t -> t.sent).thenComparingLong(t -> t.uid);

    private final Ancestry ancestry = new Ancestry();
    private final List<Branch> messages = new ArrayList<>();

    @Override
    public void add(ThreadEntry entry) {
        ancestry.add(messages.size(), entry.id(), entry.references());
        messages.add(new Branch(entry));
    }

    @Override
    public List<ThreadNode> threads() {
        List<Branch> roots = roots();
        for (Branch each : messages) each.sort();
        for (Branch each : roots) each.sort();
        roots.sort(BY_DATE); // 4
        roots = gathered(roots);
        for (Branch each : messages) each.sort(); // 6
        for (Branch each : roots) each.sort();
        roots.sort(BY_DATE);
        for (Branch each : messages) finish(each);
        for (Branch each : roots) if (each.node.isDummy()) finish(each);
        return roots.stream().map(thread -> thread.node).toList();
    }

    /** 2 and 3: what is not there is taken out, unless it holds several conversations together. */
    private List<Branch> roots() {
        List<Branch> roots = new ArrayList<>();
        Map<Integer, Branch> dummies = new HashMap<>();
        for (int node = 0; node < ancestry.size(); node++) {
            if (ancestry.message(node) == Ancestry.NONE) continue;
            Branch thread = messages.get(ancestry.message(node));
            int above = ancestry.above(node);
            if (above == Ancestry.NONE) {
                roots.add(thread);
            } else if (ancestry.message(above) != Ancestry.NONE) {
                messages.get(ancestry.message(above)).children.add(thread);
            } else {
                dummies.computeIfAbsent(above, a -> new Branch()).children.add(thread);
            }
        }
        for (Branch each : dummies.values()) {
            roots.add(each.children.size() == 1 ? each.children.getFirst() : each);
        }
        return roots;
    }

    /** 5: conversations of one subject become one. */
    private static List<Branch> gathered(List<Branch> roots) {
        Map<String, Branch> table = table(roots);
        List<Branch> left = new ArrayList<>();
        Map<String, Branch> made = new HashMap<>();
        for (Branch each : roots) {
            Branch known = table.get(each.subject);
            if (each.subject.isEmpty() || known == each) {
                left.add(each);
                continue;
            }
            if (known == null) throw new IllegalStateException("each subject has a thread");
            if (made.containsKey(each.subject)) known = made.get(each.subject);
            if (known.node.isDummy() && each.node.isDummy()) {
                known.children.addAll(each.children);
            } else if (known.node.isDummy() || (each.reply && !known.reply)) {
                known.children.add(each);
            } else {
                Branch dummy = new Branch();
                dummy.subject = each.subject;
                dummy.children.add(known);
                dummy.children.add(each);
                made.put(each.subject, dummy);
            }
        }
        left.replaceAll(each -> made.getOrDefault(each.subject, each));
        return left;
    }

    /** 5.B: of each subject the thread that the others join: a dummy, or what is no reply. */
    private static Map<String, Branch> table(List<Branch> roots) {
        Map<String, Branch> table = new HashMap<>();
        for (Branch each : roots) {
            if (each.subject.isEmpty()) continue;
            Branch known = table.putIfAbsent(each.subject, each);
            if (known == null || known.node.isDummy()) continue;
            if (each.node.isDummy() || (known.reply && !each.reply)) table.put(each.subject, each);
        }
        return table;
    }

    private static void finish(Branch thread) {
        for (Branch child : thread.children) thread.node.own().add(child.node);
    }
}
