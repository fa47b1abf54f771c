package dev.sobre.app.config;

/** Whether a service asks its clients for certificates. */
public enum ClientCertificates {
    NONE,
    OPTIONAL,
    REQUIRED
}
