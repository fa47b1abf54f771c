package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether an entry changed lately is said only where it is certain. */
class LatelyTest {

    private final Lately lately = new Lately();

    @Test
    void whatAGroupTouchedHasChangedForWhoAskedBefore() {
        long before = lately.moment();
        change("a");
        long between = lately.moment();
        change("b");
        assertFalse(lately.isUnchanged(key("a"), before));
        assertFalse(lately.isUnchanged(key("b"), before));
        assertTrue(lately.isUnchanged(key("a"), between));
        assertFalse(lately.isUnchanged(key("b"), between));
        assertTrue(lately.isUnchanged(key("c"), before));
        assertTrue(lately.isUnchanged(key("b"), lately.moment()));
    }

    @Test
    void whatWasAskedLongAgoIsNotCertain() {
        long before = lately.moment();
        change("a");
        assertTrue(lately.isUnchanged(key("c"), before));
        for (int i = 0; i < 100; i++) change("b");
        assertFalse(lately.isUnchanged(key("c"), before));
    }

    /** A commit that could not be shown is shown before the next group is. */
    @Test
    void afterAFailureNothingIsCertainUntilAGroupWasShown() {
        long before = lately.moment();
        lately.clear();
        long failed = lately.moment();
        assertFalse(lately.isUnchanged(key("a"), before));
        assertFalse(lately.isUnchanged(key("a"), failed));
        change("b");
        assertFalse(lately.isUnchanged(key("a"), failed));
        assertTrue(lately.isUnchanged(key("a"), lately.moment()));
    }

    private void change(String key) {
        lately.changed(Map.of(key(key), Optional.empty()));
    }

    private static ByteBuffer key(String key) {
        return ByteBuffer.wrap(key.getBytes(US_ASCII));
    }
}
