/**
 * What every {@link dev.sobre.mail.MailStore} does, as tests: a backend extends {@link
 * dev.sobre.mail.contract.MailStoreContract} and passes.
 */
@NullMarked
package dev.sobre.mail.contract;

import org.jspecify.annotations.NullMarked;
