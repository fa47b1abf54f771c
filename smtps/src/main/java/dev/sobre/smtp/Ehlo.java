package dev.sobre.smtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.jspecify.annotations.Nullable;

/** James's EHLO, which lists the features of all verbs, with a first line of ours. */
final class Ehlo extends EhloCmdHandler {

    Ehlo() {
        super(new NoMetrics());
    }

    @Override
    protected @Nullable Response doFilterChecks(
            SMTPSession session, String command, @Nullable String name) {
        Response problem = Helo.problem(name);
        return problem != null ? problem : super.doFilterChecks(session, command, name);
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String name) {
        List<CharSequence> lines =
                new ArrayList<>(super.doCoreCmd(session, command, name).getLines());
        lines.set(0, "250-" + Helo.welcome(session));
        return new Greeting(lines);
    }

    /** The answer as it goes out. */
    private record Greeting(List<CharSequence> lines) implements Response {

        @Override
        public String getRetCode() {
            return "250";
        }

        @Override
        public List<CharSequence> getLines() {
            return lines;
        }

        @Override
        public boolean isEndSession() {
            return false;
        }
    }
}
