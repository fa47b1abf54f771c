package dev.sobre.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;
import org.apache.james.protocols.pop3.POP3Session;
import org.apache.james.protocols.pop3.core.CapaCmdHandler;
import org.apache.james.protocols.pop3.core.DeleCmdHandler;
import org.apache.james.protocols.pop3.core.ListCmdHandler;
import org.apache.james.protocols.pop3.core.NoopCmdHandler;
import org.apache.james.protocols.pop3.core.StatCmdHandler;
import org.jspecify.annotations.Nullable;

/** The commands of POP3, one handler each, in James's chain. Shared by all sessions. */
final class Chain {

    private final Dispatcher dispatcher = new Dispatcher();

    Chain(Login login) {
        var metrics = new NoMetrics();
        var chain = new ProtocolHandlerChainImpl();
        chain.add(dispatcher);
        chain.add(new UserPass.User());
        chain.add(new UserPass.Pass(login));
        chain.add(new Auth(login));
        chain.add(new CapaCmdHandler(metrics));
        chain.add(new Guard()); // before those of James's handlers that it guards
        chain.add(new StatCmdHandler(metrics));
        chain.add(new ListCmdHandler(metrics));
        chain.add(new Uidl());
        chain.add(new DeleCmdHandler(metrics));
        chain.add(new NoopCmdHandler(metrics));
        chain.add(Retr.whole());
        chain.add(Retr.top());
        chain.add(new Closing.Rset());
        chain.add(new Closing.Quit());
        chain.add(new Rest());
        try {
            chain.wireExtensibleHandlers();
        } catch (WiringException e) {
            throw new IllegalStateException("the chain of commands does not hold together", e);
        }
    }

    /** The answer to one command line. */
    Response answer(Pop3Session session, byte[] line) {
        return dispatcher.onLine(session, line);
    }

    /** James's dispatcher, but for the trimming: a password may end in a space. */
    private static final class Dispatcher extends CommandDispatcher<POP3Session> {

        @Override
        protected Request parseRequest(POP3Session session, byte[] line) {
            String text = new String(line, StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            String word = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
            @Nullable String argument = space < 0 ? null : text.substring(space + 1);
            boolean empty = argument == null || (argument.isBlank() && !word.equals("PASS"));
            return empty ? new BaseRequest(word, null) : new BaseRequest(word, argument);
        }
    }
}
