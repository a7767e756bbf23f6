package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.ServiceUrl;
import io.tamis.cli.client.Shell;
import io.tamis.data.Code;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that speaks to a service. */
final class Connection {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the service (else TAMIS_URL, else the server on the data directory, else port 8080)")
    Optional<String> url = Optional.empty();

    @Option(names = "--token", paramLabel = "JWT", description = "who is asking (else --token-file, else TAMIS_TOKEN)")
    Optional<String> token = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "a file with the token, which then shows in no process list")
    Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "data directory of a demonstration server (default: .tamis in the repository)")
    Optional<Path> dataDir = Optional.empty();

    @Option(names = "--json", description = "print the service's answer as JSON, and nothing else, on standard output")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;

    /** A client without a token, for what is public. */
    ApiClient open(Shell shell) {
        return ApiClient.of(ServiceUrl.find(url, shell.variables(), DataDir.find(dataDir, shell.root())));
    }

    /** A client that speaks as the holder of the given token. */
    ApiClient openWithToken(Shell shell) {
        BearerToken bearer = token.map(BearerToken::new)
                .or(() -> tokenFile.map(BearerToken::read))
                .or(() -> Optional.ofNullable(shell.variables().get("TAMIS_TOKEN"))
                        .map(BearerToken::new))
                .orElseThrow(() -> new ClientException(
                        Code.UNAUTHENTICATED,
                        ExitCode.FORBIDDEN,
                        "no token: give --token, --token-file or TAMIS_TOKEN (make one: ./tamis token --help)"));
        return open(shell).as(bearer);
    }
}
