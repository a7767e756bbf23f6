package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A party's own copy of the policy bundle: what it does follows this one, whatever the service says is in force. */
final class PolicyOption {
    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description = "your own copy of the policy bundle (default: policies in the repository)")
    Optional<Path> folder = Optional.empty();

    PolicyBundle read(Shell shell) {
        Path from = folder.orElseGet(() -> shell.root().resolve("policies"));
        return switch (PolicyLoader.load(from)) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected rejected -> {
                rejected.problems().forEach(problem -> shell.err().println(problem));
                throw ClientException.usage("the bundle is not valid, so nothing is decided: " + from);
            }
        };
    }
}
