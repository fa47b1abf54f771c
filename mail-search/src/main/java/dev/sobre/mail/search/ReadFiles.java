package dev.sobre.mail.search;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.lucene.store.BufferedIndexInput;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * A directory whose files are read, not mapped: a mapped file that is cut short, or lies on a bad
 * sector, is the end of the process. The texts of a mailbox lie together and are mostly read one
 * after another, so of the files that hold them more is read at once than is asked for.
 */
final class ReadFiles extends FilterDirectory {

    private static final int AHEAD = 32 * 1024;

    ReadFiles(Path place) throws IOException {
        super(new NIOFSDirectory(place));
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        IndexInput file = in.openInput(name, context);
        return hasTexts(name) || name.endsWith(".cfs")
                ? new Ahead(name, file, hasTexts(name))
                : file;
    }

    /** Whether it is a file of values for documents, or such a one within another. */
    private static boolean hasTexts(String name) {
        return name.endsWith(".dvd");
    }

    /** A file or a part of one. */
    private static final class Ahead extends BufferedIndexInput {
        private final IndexInput file;
        private final boolean texts;

        Ahead(String description, IndexInput file, boolean texts) {
            super(description, texts ? size(file.length()) : BUFFER_SIZE);
            this.file = file;
            this.texts = texts;
        }

        private static int size(long length) {
            return (int) Math.max(MIN_BUFFER_SIZE, Math.min(AHEAD, length));
        }

        @Override
        protected void readInternal(ByteBuffer into) throws IOException {
            long at = getFilePointer();
            int count = into.remaining();
            if (at + count > file.length()) throw new EOFException("read past the end of " + this);
            file.seek(at);
            file.readBytes(into.array(), into.arrayOffset() + into.position(), count, false);
            into.position(into.position() + count);
        }

        @Override
        protected void seekInternal(long position) throws IOException {
            if (position > length()) throw new EOFException("past the end of " + this);
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public IndexInput slice(String part, long offset, long length) throws IOException {
            IndexInput slice = file.slice(part, offset, length);
            return texts || hasTexts(part) ? new Ahead(part, slice, true) : slice;
        }

        @Override
        public BufferedIndexInput clone() {
            try {
                var copy = new Ahead(toString(), file.clone(), texts);
                copy.seek(getFilePointer());
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
