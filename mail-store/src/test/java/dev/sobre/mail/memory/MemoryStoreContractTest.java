package dev.sobre.mail.memory;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.contract.MailStoreContract;

class MemoryStoreContractTest extends MailStoreContract {

    @Override
    protected MailStore open() {
        return new MemoryStore(expungesKept());
    }

    @Override
    public int expungesKept() {
        return 100;
    }
}
