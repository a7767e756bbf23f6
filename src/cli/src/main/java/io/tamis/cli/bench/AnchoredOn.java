package io.tamis.cli.bench;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.devnet.Devnet;
import io.tamis.data.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What a bench wants to know of the anchors its server has made on a development chain. */
record AnchoredOn(Devnet devnet, ApiClient anybody) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ANCHORS = 200;

    /** The size the chain knows for good, 0 before the first anchor. */
    long size() {
        return anchors(1).at("anchored").at("size").integerOrZero();
    }

    /** The dearest of the newest anchors, in gas. */
    OptionalLong dearest() {
        List<JsonView> items = anchors(ANCHORS).at("items").items();
        return items.stream()
                .map(item -> item.at("transaction").text())
                .filter(transaction -> !transaction.isEmpty())
                .mapToLong(this::gas)
                .max();
    }

    private JsonView anchors(int limit) {
        return anybody.get("/v1/ledger/anchors?limit=" + limit).orRefused().view();
    }

    private long gas(String transaction) {
        String body = Json.object()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "eth_getTransactionReceipt")
                .put("params", Json.strings(List.of(transaction)))
                .build()
                .canonical();
        var request = HttpRequest.newBuilder(devnet.rpc())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            String used = JsonView.of(Json.parse(
                            http.send(request, BodyHandlers.ofString()).body()))
                    .at("result")
                    .at("gasUsed")
                    .text();
            return used.isEmpty() ? 0 : Long.decode(used);
        } catch (IOException gone) {
            throw new IllegalStateException("the development chain does not answer", gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
