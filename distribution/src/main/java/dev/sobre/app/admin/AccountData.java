package dev.sobre.app.admin;

import dev.sobre.mail.Account;
import dev.sobre.mail.AppPassword;
import java.util.LinkedHashMap;
import java.util.Map;

/** Accounts and app passwords as JSON has them. */
final class AccountData {

    private AccountData() {}

    static Map<String, Object> of(Account account) {
        var data = new LinkedHashMap<String, Object>();
        data.put("address", account.address());
        data.put("name", account.displayName());
        data.put("aliases", account.aliases());
        data.put("catchAlls", account.catchAlls());
        data.put("administrator", account.administrator());
        data.put("disabled", account.disabled());
        data.put("quotaOctets", account.quota().octets());
        data.put("quotaMessages", account.quota().messages());
        data.put("switchedOff", account.switchedOff());
        return data;
    }

    static Map<String, Object> of(AppPassword password) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", password.name());
        data.put("created", password.created());
        data.put("expires", password.expires());
        data.put("lastUsed", password.lastUsed());
        return data;
    }
}
