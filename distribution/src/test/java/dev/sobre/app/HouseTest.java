package dev.sobre.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows of the house: who may know whom. */
class HouseTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.sobre");

    private static final String TLS = "dev.sobre.tls..";
    private static final String LECTURE = "dev.sobre.tls.lecture..";
    private static final String LINE = "dev.sobre.line..";
    private static final String MAIL = "dev.sobre.mail..";
    private static final String ROCKS = "dev.sobre.mail.rocksdb..";
    private static final String SEARCH = "dev.sobre.mail.search..";
    private static final String SMTP = "dev.sobre.smtp..";
    private static final String POP3 = "dev.sobre.pop3..";
    private static final String IMAP = "dev.sobre.imap..";
    private static final String TELNET = "dev.sobre.telnet..";
    private static final String TUNNEL = "dev.sobre.tunnel..";
    private static final String APP = "dev.sobre.app..";

    @Test
    void tlsKnowsNoOtherRoom() {
        onlyKnows(TLS, TLS);
    }

    @Test
    void theStoreKnowsNeitherTlsNorSessions() {
        onlyKnows(MAIL, MAIL);
    }

    @Test
    void sessionsKnowTlsAndWhoMayLogIn() {
        onlyKnows(LINE, LINE, TLS, MAIL);
    }

    @Test
    void protocolsNeverSeeEachOther() {
        onlyKnows(SMTP, SMTP, LINE, TLS, MAIL);
        onlyKnows(POP3, POP3, LINE, TLS, MAIL);
        onlyKnows(IMAP, IMAP, LINE, TLS, MAIL);
        onlyKnows(TELNET, TELNET, LINE, TLS, MAIL);
        onlyKnows(TUNNEL, TUNNEL, TLS);
    }

    @Test
    void nobodyKnowsTheEngineButWhoWiresIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROCKS, APP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROCKS)
                .check(HOUSE);
    }

    @Test
    void theStoreDoesNotKnowWhoSearchesIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SEARCH, IMAP, APP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SEARCH)
                .check(HOUSE);
    }

    @Test
    void librariesStayInTheirRooms() {
        staysIn("org.rocksdb..", ROCKS);
        staysIn("org.apache.lucene..", SEARCH);
        staysIn("io.netty..", TLS, LINE, TUNNEL);
        staysIn("org.apache.james.protocols..", SMTP, POP3);
        staysIn("org.apache.james.core..", SMTP, POP3);
        staysIn("org.bouncycastle.tls..", LECTURE); // not every embedder has it
        staysIn("picocli..", APP);
        staysIn("org.tomlj..", APP);
        staysIn("ch.qos.logback..", APP);
        staysIn("jakarta.mail..", APP);
    }

    @Test
    void jamesIsNoPartOfWhatEmbeddersSee() {
        ArchRule hidden =
                noClasses()
                        .that()
                        .resideInAnyPackage(SMTP, POP3)
                        .and()
                        .haveModifier(JavaModifier.PUBLIC)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.james..");
        hidden.check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.sobre.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void nothingIsLoadedByServiceLoaders() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .check(HOUSE);
    }

    private static void onlyKnows(String room, String... rooms) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.sobre..").and(resideOutsideOfPackages(rooms)))
                .check(HOUSE);
    }

    private static void staysIn(String library, String... rooms) {
        classes()
                .that()
                .resideInAPackage("dev.sobre..")
                .and()
                .resideOutsideOfPackages(rooms)
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage(library)
                .check(HOUSE);
    }
}
