package io.tamis.ledger.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.web3j.protocol.Service;

/**
 * Ethereum JSON-RPC over the JDK's HTTP client. Each call ends within its time, whatever the node does: a node that
 * accepts and says nothing, or begins to answer and stops, is an {@link IOException} like one that is down. Answers are
 * bounded, redirects are not followed. Safe for use by several threads.
 *
 * <p>NOT promised: that the node tells the truth. Whoever anchors through it trusts it; an auditor chooses another.
 */
public final class JsonRpc extends Service {
    /** Largest answer: a receipt or a page of events has some kilobytes. */
    public static final int ANSWER_BYTES_MAX = 8 << 20;

    /** Longest time a call may be given. */
    public static final Duration PATIENCE_MAX = Duration.ofMinutes(1);

    private final URI node;
    private final Duration patience;
    private final HttpClient client;

    /**
     * @param node http or https, with a host
     * @param patience for a call as a whole, connecting included: above zero, at most {@link #PATIENCE_MAX}
     */
    public JsonRpc(URI node, Duration patience) {
        super(false);
        Objects.requireNonNull(node);
        boolean http = "http".equals(node.getScheme()) || "https".equals(node.getScheme());
        if (!http || node.getHost() == null) {
            throw new IllegalArgumentException("a node's address is http or https, with a host");
        }
        if (!patience.isPositive() || patience.compareTo(PATIENCE_MAX) > 0) {
            throw new IllegalArgumentException("patience is above zero and at most " + PATIENCE_MAX);
        }
        this.node = node;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    @Override
    protected InputStream performIO(String payload) throws IOException {
        var request = HttpRequest.newBuilder(node)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(payload))
                .build();
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            // The timeout of a request ends with the headers of its answer; this one covers the body too.
            return body(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("the node has not answered in time", late);
        } catch (ExecutionException failed) {
            throw new IOException("the node cannot be asked", failed.getCause());
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking the node");
        }
    }

    /** Nodes tell errors of a call in an answer with status 200; Besu also with 400 and a body. */
    private static InputStream body(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != 200 && answer.statusCode() != 400) {
            throw new IOException("the node answered with status " + answer.statusCode());
        }
        return new ByteArrayInputStream(answer.body());
    }

    /** Gives up calls in flight. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
