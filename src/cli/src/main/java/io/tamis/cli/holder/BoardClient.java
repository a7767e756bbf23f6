package io.tamis.cli.holder;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.holder.Blobs;
import io.tamis.holder.SignedMessage;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One ceremony's or round's board on the service: what it shows is believed only as far as signatures and hashes go. */
final class BoardClient implements Blobs {
    private final ApiClient api;
    private final String path;
    private final String query;
    private final ContentCache cache;

    /**
     * A board.
     *
     * @param path like {@code /v1/key-ceremonies/kc_…}
     * @param query empty, or from its question mark on, like {@code ?epoch=3}
     */
    BoardClient(ApiClient api, String path, String query, ContentCache cache) {
        this.api = api;
        this.path = path;
        this.query = query;
        this.cache = cache;
    }

    /** The board with the list of its messages. */
    JsonView view() {
        return api.get(path + query).orRefused().view();
    }

    /** The messages that a view lists, at most so many. */
    List<SignedMessage> messages(JsonView view, int most) {
        var messages = new ArrayList<SignedMessage>();
        for (JsonView listed : view.at("messages").items()) {
            if (messages.size() == most) {
                throw new DataException(Code.TOO_LARGE);
            }
            messages.add(message(Hash.parse(listed.at("hash").text())));
        }
        return messages;
    }

    /** Kept by its name: a signed message never changes, and who reads it checks its signature. */
    private SignedMessage message(Hash hash) {
        Optional<SignedMessage> kept = cache.find(hash)
                .flatMap(BoardClient::parsed)
                .filter(message -> message.hash().equals(hash));
        return kept.orElseGet(() -> {
            byte[] octets =
                    api.get(path + "/messages/" + hash + query).orRefused().bytes();
            var message = SignedMessage.parse(octets);
            if (!message.hash().equals(hash)) {
                throw new DataException(Code.DIGEST_MISMATCH);
            }
            cache.put(hash, octets);
            return message;
        });
    }

    private static Optional<SignedMessage> parsed(byte[] octets) {
        try {
            return Optional.of(SignedMessage.parse(octets));
        } catch (DataException damaged) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> find(Hash hash) {
        Optional<byte[]> kept =
                cache.find(hash).filter(bytes -> Hash.sha256(bytes).equals(hash));
        if (kept.isPresent()) {
            return kept;
        }
        return switch (api.get(path + "/blobs/" + hash + query)) {
            case Answer.Ok ok ->
                Optional.of(ok.bytes())
                        .filter(bytes -> Hash.sha256(bytes).equals(hash))
                        .map(bytes -> {
                            cache.put(hash, bytes);
                            return bytes;
                        });
            case Answer.Refused refused when refused.problem().status() == 404 -> Optional.empty();
            case Answer.Refused refused -> throw ClientException.refused(refused.problem());
        };
    }

    /** Puts a large part on the board; the same again changes nothing. */
    void put(Hash hash, byte[] bytes) {
        api.put(
                        path + "/blobs/" + hash + query,
                        BodyPublishers.ofByteArray(bytes),
                        Map.of("Content-Type", "application/octet-stream"))
                .orRefused();
    }

    /** Posts a message; the same again changes nothing. False when its step is over: the board then says what follows. */
    boolean post(SignedMessage message) {
        return switch (api.post(path + "/messages" + query, message.toJson())) {
            case Answer.Ok _ -> true;
            case Answer.Refused refused when refused.problem().status() == 409 -> false;
            case Answer.Refused refused -> throw ClientException.refused(refused.problem());
        };
    }
}
