package io.tamis.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.TamisException;
import io.tamis.log.Decimal;
import io.tamis.log.SignedNote;
import io.tamis.log.VerifierKey;
import io.tamis.log.witness.AddCheckpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** One witness over HTTP (C2SP tlog-witness, add-checkpoint). What it answers is believed only as far as it is signed. */
final class WitnessClient implements AutoCloseable {
    /** Longest answer read: 16 cosignatures, the longest with a post-quantum one each. */
    static final int ANSWER_BYTES_MAX = 64 << 10;

    private static final int STATUS_OK = 200;
    private static final int STATUS_CONFLICT = 409;
    private static final int STATUS_SERVER_ERROR = 500;
    private static final int STATUS_TOO_MANY = 429;

    private final Peer peer;
    private final Duration timeout;
    private final HttpClient http;

    WitnessClient(Peer peer, Duration timeout) {
        this.peer = peer;
        this.timeout = timeout;
        // A redirect would send the request where the operator has not said.
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Asks once. */
    Reply ask(AddCheckpoint request) throws InterruptedException {
        var call = HttpRequest.newBuilder(peer.url())
                .timeout(timeout)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.encoded()))
                .build();
        try {
            HttpResponse<byte[]> answer =
                    http.send(call, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
            return read(request.note(), answer.statusCode(), answer.body());
        } catch (IOException noAnswer) {
            return new Reply.Silent();
        }
    }

    private Reply read(SignedNote note, int status, byte[] body) {
        if (status == STATUS_OK) {
            return cosignature(note, body).<Reply>map(Reply.Cosigned::new).orElseGet(Reply.Nonsense::new);
        }
        if (status == STATUS_CONFLICT) {
            return size(body);
        }
        if (status >= STATUS_SERVER_ERROR || status == STATUS_TOO_MANY) {
            return new Reply.Silent();
        }
        return status >= 400 ? new Reply.Refused(status) : new Reply.Nonsense();
    }

    private static Reply size(byte[] body) {
        String text = new String(body, UTF_8);
        try {
            return text.endsWith("\n")
                    ? new Reply.Conflict(Decimal.parse(text.substring(0, text.length() - 1)))
                    : new Reply.Nonsense();
        } catch (TamisException notANumber) {
            return new Reply.Nonsense();
        }
    }

    /** The answer's lines are put under the note and read as one; lines of other keys are ignored, as they may be there. */
    private Optional<SignedNote.Signature> cosignature(SignedNote note, byte[] lines) {
        try {
            var whole = new ByteArrayOutputStream();
            whole.writeBytes((note.text() + "\n").getBytes(UTF_8));
            whole.writeBytes(lines);
            return SignedNote.parse(whole.toByteArray()).signatures().stream()
                    .filter(signature -> verifies(peer.key(), note.text(), signature))
                    .findFirst();
        } catch (TamisException malformed) {
            return Optional.empty();
        }
    }

    /** True when this line is the key's valid cosignature of this text. */
    static boolean verifies(VerifierKey key, String text, SignedNote.Signature signature) {
        return signature.name().equals(key.name().value())
                && new SignedNote(text, Arrays.asList(signature)).verifiedBy(key);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
