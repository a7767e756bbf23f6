package io.tamis.cli;

import io.tamis.cli.chain.ChainException;
import io.tamis.cli.chain.NotaryContract;
import io.tamis.cli.client.ClientException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a log is anchored, and the auditor's own way to see it. All four go together. */
final class ChainOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--rpc",
            paramLabel = "URL",
            description = "a JSON-RPC node of the chain that you chose, not the log's operator")
    Optional<String> rpc = Optional.empty();

    @Option(
            names = "--contract",
            paramLabel = "0xADDRESS",
            description = "the notary contract, from a source you trust")
    Optional<String> contract = Optional.empty();

    @Option(names = "--log-id", paramLabel = "0xID", description = "the log in the contract, from a source you trust")
    Optional<String> logId = Optional.empty();

    @Option(names = "--chain-id", paramLabel = "N", description = "the chain's number")
    Optional<Long> chainId = Optional.empty();

    /** The contract as the auditor's node tells it; empty when no chain was named. */
    Optional<NotaryContract> contract() {
        if (place().isEmpty()) {
            return Optional.empty();
        }
        try {
            var node = URI.create(rpc.orElseThrow());
            if (node.getHost() == null || !("http".equals(node.getScheme()) || "https".equals(node.getScheme()))) {
                throw ClientException.usage("--rpc must look like https://host or http://127.0.0.1:8545");
            }
            return Optional.of(new NotaryContract(node, place().orElseThrow(), PATIENCE));
        } catch (IllegalArgumentException malformed) {
            throw ClientException.usage("--rpc must look like https://host or http://127.0.0.1:8545");
        }
    }

    /** Which log in which contract on which chain; empty when none was named. */
    Optional<NotaryContract.Place> place() {
        boolean none = rpc.isEmpty() && contract.isEmpty() && logId.isEmpty() && chainId.isEmpty();
        if (none) {
            return Optional.empty();
        }
        if (rpc.isEmpty() || contract.isEmpty() || logId.isEmpty() || chainId.isEmpty()) {
            throw ClientException.usage("--rpc, --contract, --log-id and --chain-id go together");
        }
        try {
            return Optional.of(new NotaryContract.Place(chainId.get(), contract.get(), logId.get()));
        } catch (ChainException malformed) {
            throw ClientException.usage(
                    "--contract is 0x and 40 digits, --log-id 0x and 64, --chain-id a number from 1");
        }
    }
}
