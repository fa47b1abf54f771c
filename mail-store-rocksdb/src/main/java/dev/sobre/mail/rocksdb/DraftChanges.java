package dev.sobre.mail.rocksdb;

import java.util.function.Predicate;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the changes of commits to a draft. */
final class DraftChanges {

    private static final Logger LOG = LoggerFactory.getLogger(DraftChanges.class);

    private final Draft draft;

    DraftChanges(Draft draft) {
        this.draft = draft;
    }

    /** Makes those changes of a commit that are to some keys. */
    void make(byte[] commit, Predicate<byte[]> keys) {
        try (var changes = new WriteBatch(commit);
                var changing = new Changing(keys)) {
            changes.iterate(changing);
        } catch (RocksDBException e) {
            LOG.warn("a commit can't be read, and is passed over", e);
        }
    }

    /** What a commit does; of column families and transactions the store has none. */
    private final class Changing extends WriteBatch.Handler {

        private final Predicate<byte[]> keys;

        Changing(Predicate<byte[]> keys) {
            this.keys = keys;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            if (keys.test(key)) draft.put(key, value);
        }

        @Override
        public void put(int family, byte[] key, byte[] value) {
            if (keys.test(key)) draft.put(key, value);
        }

        @Override
        public void merge(byte[] key, byte[] value) {
            if (keys.test(key)) draft.add(key, value);
        }

        @Override
        public void merge(int family, byte[] key, byte[] value) {
            if (keys.test(key)) draft.add(key, value);
        }

        @Override
        public void delete(byte[] key) {
            if (keys.test(key)) draft.delete(key);
        }

        @Override
        public void delete(int family, byte[] key) {
            if (keys.test(key)) draft.delete(key);
        }

        @Override
        public void singleDelete(byte[] key) {
            if (keys.test(key)) draft.delete(key);
        }

        @Override
        public void singleDelete(int family, byte[] key) {
            if (keys.test(key)) draft.delete(key);
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            if (keys.test(from)) draft.deleteRange(from, to);
        }

        @Override
        public void deleteRange(int family, byte[] from, byte[] to) {
            if (keys.test(from)) draft.deleteRange(from, to);
        }

        @Override
        public void logData(byte[] blob) {}

        @Override
        public void putBlobIndex(int family, byte[] key, byte[] value) {}

        @Override
        public void markBeginPrepare() {}

        @Override
        public void markEndPrepare(byte[] id) {}

        @Override
        public void markNoop(boolean empty) {}

        @Override
        public void markRollback(byte[] id) {}

        @Override
        public void markCommit(byte[] id) {}

        @Override
        public void markCommitWithTimestamp(byte[] id, byte[] time) {}
    }
}
