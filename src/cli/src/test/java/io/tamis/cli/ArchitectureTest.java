package io.tamis.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command line's arrows: core and HTTP only, so that the server cannot mark its own homework. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tamis");

    @Test
    void cli_anyClass_usesCoreAndPicocliOnly() {
        classes()
                .that()
                .resideInAPackage("io.tamis.cli..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        // The witness serves a few requests a second: the JDK's own server is enough.
                        "com.sun.net.httpserver..",
                        // What a thread allocates: the soak of damaged ciphertexts bounds it.
                        "com.sun.management..",
                        "picocli..",
                        "io.tamis.cli..",
                        "io.tamis.data..",
                        "io.tamis.crypto..",
                        "io.tamis.policy..",
                        "io.tamis.privacy..",
                        "io.tamis.log..",
                        "io.tamis.model..",
                        "io.tamis.synthetic..",
                        "io.tamis.he..",
                        "io.tamis.holder..")
                .check(CODE);
    }

    @Test
    void picocli_outsideTheCommands_isNotUsed() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tamis.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CODE);
    }

    @Test
    void client_anyClass_knowsNoCommand() {
        noClasses()
                .that()
                .resideInAPackage("io.tamis.cli.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tamis.cli", "io.tamis.cli.demo..", "io.tamis.cli.bench..", "io.tamis.cli.soak..")
                .check(CODE);
    }

    @Test
    void packages_allOfThem_haveNoCycle() {
        slices().matching("io.tamis.(**)").should().beFreeOfCycles().check(CODE);
    }
}
