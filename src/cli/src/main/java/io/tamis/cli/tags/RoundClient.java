package io.tamis.cli.tags;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.TamisException;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.slots.RoundBoard;
import io.tamis.holder.slots.RoundStep;
import io.tamis.holder.slots.SlotContext;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The board of a version's rounds, over HTTP. */
final class RoundClient {
    /** States in which a round waits for nobody any more. */
    static final Set<String> OVER = Set.of("FAILED", "VOID");

    private final ApiClient client;
    private final TagTarget target;

    RoundClient(ApiClient client, TagTarget target) {
        this.client = client;
        this.target = target;
    }

    /** The rounds under a key epoch, by attempt. */
    List<JsonView> rounds(KeyEpoch epoch) {
        return client.get(target.path() + "/rounds?epoch=" + epoch.number())
                .orRefused()
                .view()
                .at("items")
                .items();
    }

    /** A round as the service shows it. */
    JsonView round(SlotContext context) {
        return client.get(path(context, "")).orRefused().view();
    }

    /** The board: its messages whole. */
    RoundBoard board(SlotContext context, JsonView round) {
        try {
            var messages = new ArrayList<SignedMessage>();
            for (JsonView posted : round.at("messages").items()) {
                if (messages.size() == RoundBoard.MESSAGES_MAX) {
                    break;
                }
                Hash hash = Hash.parse(posted.at("hash").text());
                messages.add(SignedMessage.parse(client.get(path(context, "/messages/" + hash.hex()))
                        .orRefused()
                        .bytes()));
            }
            var closed = new HashSet<RoundStep>();
            round.at("closed").items().forEach(step -> closed.add(RoundStep.valueOf(step.text())));
            var refuted = new HashSet<PartyId>();
            round.at("refuted").items().forEach(party -> refuted.add(new PartyId(party.text())));
            return new RoundBoard(messages, closed, refuted);
        } catch (ClientException said) {
            throw said;
        } catch (TamisException | IllegalArgumentException strange) {
            throw new ClientException(
                    Code.INTERNAL, ExitCode.INTERNAL, "the service shows the round in a way unknown here", strange);
        }
    }

    /** Opens the round with the plan; the same plan again changes nothing. */
    JsonView plan(SignedMessage plan) {
        return client.post(target.path() + "/rounds", plan.toJson()).orRefused().view();
    }

    /** Puts a large part on the board. */
    void blob(SlotContext context, Hash hash, byte[] bytes) {
        client.put(
                        path(context, "/blobs/" + hash.hex()),
                        BodyPublishers.ofByteArray(bytes),
                        Map.of("Content-Type", "application/octet-stream"))
                .orRefused();
    }

    /** Posts the opening. */
    void opening(SlotContext context, SignedMessage opening) {
        client.post(path(context, "/openings"), opening.toJson()).orRefused();
    }

    /** Sends a slot's ciphertext. */
    Answer ciphertext(SlotContext context, int slot, byte[] upload) {
        return client.postBytes(
                target.path() + "/ciphertexts?slot=" + slot + "&epoch="
                        + context.keyEpoch().number(),
                upload);
    }

    /** The slots that have their ciphertext. */
    Set<Integer> uploaded(SlotContext context, int slots) {
        var present = new HashSet<Integer>();
        String cursor = "0";
        // Every page but the last has at least one slot that the one before had not.
        for (int pages = 0; pages <= slots && !cursor.isEmpty(); pages++) {
            JsonView page = client.get(target.path() + "/ciphertexts?epoch="
                            + context.keyEpoch().number() + "&cursor=" + cursor)
                    .orRefused()
                    .view();
            page.at("items")
                    .items()
                    .forEach(item -> present.add((int) item.at("slot").integerOrZero()));
            cursor = page.at("next").text();
        }
        return present;
    }

    private String path(SlotContext context, String rest) {
        return target.path() + "/rounds/" + context.attempt() + rest + "?epoch="
                + context.keyEpoch().number();
    }
}
