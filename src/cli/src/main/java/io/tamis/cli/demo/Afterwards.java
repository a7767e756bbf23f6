package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a spectator can check alone once the script has ended: against keys, witness and chain, as far as there are any. */
final class Afterwards {
    private final ApiClient client;

    Afterwards(ApiClient client) {
        this.client = client;
    }

    /**
     * The command that audits the whole log, ready to be typed; it needs an officer's token.
     *
     * @param witness its vkey
     * @param rpc the node of the chain, when there is one
     */
    String audit(String witness, Optional<URI> rpc) {
        var words = new ArrayList<String>(
                List.of("./tamis", "audit", "verify", client.url().toString()));
        key().ifPresent(key -> words.addAll(List.of("--key", key)));
        words.addAll(List.of("--witness", witness));
        rpc.ifPresent(node -> anchor().ifPresent(anchor -> words.addAll(List.of(
                "--rpc",
                node.toString(),
                "--contract",
                anchor.at("contract").text(),
                "--log-id",
                anchor.at("logId").text(),
                "--chain-id",
                anchor.at("chainId").text()))));
        return String.join(" ", words);
    }

    /** The Ed25519 key: the post-quantum one beside it is too long for a line. */
    private Optional<String> key() {
        return client.get("/v1/ledger/key") instanceof Answer.Ok ok
                ? ok.text().lines().findFirst()
                : Optional.empty();
    }

    private Optional<JsonView> anchor() {
        return client.get("/v1/ledger/anchors?limit=1") instanceof Answer.Ok ok
                ? Optional.of(ok.view().at("anchored"))
                        .filter(anchored -> !anchored.at("logId").isAbsent())
                : Optional.empty();
    }
}
