package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.contract.MailStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksMailStoreContractTest extends MailStoreContract {

    @TempDir Path dir;

    @Override
    protected MailStore open() {
        return RocksMailStore.open(
                dir, StoreSettings.small().withExpungesKept(10).withSegmentOctets(1 << 20));
    }

    @Override
    protected boolean durable() {
        return true;
    }

    /** The record is shortened when it has grown to twice what is kept. */
    @Override
    public int expungesKept() {
        return 20;
    }
}
