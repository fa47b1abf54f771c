package dev.sobre.telnet;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Which TELNET options are on, on our side and on theirs, negotiated by the Q method (RFC 1143 §7),
 * which can't loop: an answer is sent only where something changes.
 */
final class Options {

    /** RFC 1143 §7, with the queue bit in the state. */
    private enum Q {
        NO,
        WANT_NO,
        WANT_NO_THEN_YES,
        WANT_YES,
        WANT_YES_THEN_NO,
        YES
    }

    /** One side of the negotiation: the verbs in which it is spoken of. */
    private static final class Side {
        final Q[] states = new Q[256];
        final Set<Integer> agreeable;
        final int on; // what we say to switch it on: WILL for ourselves, DO for them
        final int off;

        Side(Set<Integer> agreeable, int on, int off) {
            Arrays.fill(states, Q.NO);
            this.agreeable = agreeable;
            this.on = on;
            this.off = off;
        }
    }

    private final Side us;
    private final Side them;

    /**
     * All options are off.
     *
     * @param ours what we do when asked
     * @param theirs what we let them do when they offer
     */
    Options(Set<Integer> ours, Set<Integer> theirs) {
        us = new Side(ours, Code.WILL, Code.WONT);
        them = new Side(theirs, Code.DO, Code.DONT);
    }

    /** Whether we do it and they know. */
    boolean ours(int option) {
        return us.states[option] == Q.YES;
    }

    /** Whether they do it. */
    boolean theirs(int option) {
        return them.states[option] == Q.YES;
    }

    /** Offers to do something, or to do it no longer; what to send, if anything. */
    Optional<Heard.Negotiation> offer(int option, boolean on) {
        return ask(us, option, on);
    }

    /** Asks them to do something, or to do it no longer. */
    Optional<Heard.Negotiation> request(int option, boolean on) {
        return ask(them, option, on);
    }

    /** Takes what they said; what to answer, if anything. */
    Optional<Heard.Negotiation> heard(Heard.Negotiation said) {
        int option = said.option();
        return switch (said.verb()) {
            case Code.WILL -> heardYes(them, option);
            case Code.WONT -> heardNo(them, option);
            case Code.DO -> heardYes(us, option);
            case Code.DONT -> heardNo(us, option);
            default -> throw new IllegalArgumentException("not a negotiation: " + said);
        };
    }

    private static Optional<Heard.Negotiation> ask(Side side, int option, boolean on) {
        return switch (side.states[option]) {
            case NO -> on ? say(side, option, Q.WANT_YES, side.on) : nothing();
            case YES -> on ? nothing() : say(side, option, Q.WANT_NO, side.off);
            case WANT_NO, WANT_NO_THEN_YES ->
                    become(side, option, on ? Q.WANT_NO_THEN_YES : Q.WANT_NO);
            case WANT_YES, WANT_YES_THEN_NO ->
                    become(side, option, on ? Q.WANT_YES : Q.WANT_YES_THEN_NO);
        };
    }

    /** RFC 1143 §7, "Upon receipt of WILL", and by symmetry of DO. */
    private static Optional<Heard.Negotiation> heardYes(Side side, int option) {
        return switch (side.states[option]) {
            case NO ->
                    side.agreeable.contains(option)
                            ? say(side, option, Q.YES, side.on)
                            : say(side, option, Q.NO, side.off);
            case YES -> nothing();
            // "DONT answered by WILL": an error of theirs, which the RFC tells how to take
            case WANT_NO -> become(side, option, Q.NO);
            case WANT_NO_THEN_YES -> become(side, option, Q.YES);
            case WANT_YES -> become(side, option, Q.YES);
            case WANT_YES_THEN_NO -> say(side, option, Q.WANT_NO, side.off);
        };
    }

    /** RFC 1143 §7, "Upon receipt of WONT", and by symmetry of DONT. */
    private static Optional<Heard.Negotiation> heardNo(Side side, int option) {
        return switch (side.states[option]) {
            case NO -> nothing();
            case YES -> say(side, option, Q.NO, side.off);
            case WANT_NO, WANT_YES, WANT_YES_THEN_NO -> become(side, option, Q.NO);
            case WANT_NO_THEN_YES -> say(side, option, Q.WANT_YES, side.on);
        };
    }

    private static Optional<Heard.Negotiation> become(Side side, int option, Q state) {
        side.states[option] = state;
        return nothing();
    }

    private static Optional<Heard.Negotiation> say(Side side, int option, Q state, int verb) {
        side.states[option] = state;
        return Optional.of(new Heard.Negotiation(verb, option));
    }

    private static Optional<Heard.Negotiation> nothing() {
        return Optional.empty();
    }
}
