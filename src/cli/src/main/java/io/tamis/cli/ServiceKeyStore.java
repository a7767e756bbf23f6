package io.tamis.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a service's root keys are. */
final class ServiceKeyStore {
    @Parameters(paramLabel = "FILE", description = "the key store, TAMIS_KEYS_FILE of the service")
    Path file;

    @Option(
            names = "--password-file",
            required = true,
            paramLabel = "FILE",
            description = "the password, TAMIS_KEYS_PASSWORD_FILE of the service")
    Path passwordFile;

    PasswordFile password() {
        return new PasswordFile(passwordFile);
    }
}
