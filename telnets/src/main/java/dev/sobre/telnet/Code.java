package dev.sobre.telnet;

/** The numbers of TELNET: commands (RFC 854 p. 14) and options (IANA's telnet-options). */
final class Code {
    static final int SE = 240;
    static final int BRK = 243;
    static final int IP = 244;
    static final int AYT = 246;
    static final int EC = 247;
    static final int EL = 248;
    static final int SB = 250;
    static final int WILL = 251;
    static final int WONT = 252;
    static final int DO = 253;
    static final int DONT = 254;
    static final int IAC = 255;

    static final int BINARY = 0;
    static final int ECHO = 1;
    static final int SUPPRESS_GO_AHEAD = 3;
    static final int TERMINAL_TYPE = 24;
    static final int WINDOW_SIZE = 31;

    private Code() {}
}
