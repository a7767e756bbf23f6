package io.tamis.cli.tags;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import java.util.HashSet;
import java.util.List;

/**
 * The collective key of an epoch, which the server hands out and the platform does not take its word for: every holder of the
 * platform's own roster has signed the key's hash at the end of one ceremony. A server that made a key of its own would read
 * every tag.
 */
record TrustedKey(KeyEpoch epoch, CollectiveKey key) {
    private static final String DONE = "ceremony.done";
    private static final String ACTIVE = "ACTIVE";
    private static final String UNTRUSTED =
            "the server's key is not the one that all holders of the roster have signed: encrypt nothing, tell the holders";

    /** The newest active key of this roster. */
    static TrustedKey newest(ApiClient client, Roster roster) {
        List<JsonView> epochs =
                client.get("/v1/key-epochs").orRefused().view().at("items").items();
        String hash = roster.hash().hex();
        long number = epochs.stream()
                .filter(epoch -> epoch.at("state").text().equals(ACTIVE))
                .filter(epoch -> epoch.at("rosterHash").text().equals(hash))
                .mapToLong(epoch -> epoch.at("keyEpoch").integerOrZero())
                .max()
                .orElseThrow(
                        () -> new ClientException(
                                Code.KEY_EPOCH_MISSING,
                                ExitCode.LATER,
                                "no active key epoch of this roster: the holders have not ended a ceremony, or of another roster"));
        return of(client, roster, new KeyEpoch(number));
    }

    /** The key of this epoch. */
    static TrustedKey of(ApiClient client, Roster roster, KeyEpoch epoch) {
        JsonView shown =
                client.get("/v1/key-epochs/" + epoch.number()).orRefused().view();
        byte[] file = client.get("/v1/key-epochs/" + epoch.number() + "/public-key")
                .orRefused()
                .bytes();
        try {
            var params = HeParams.named(roster.profile().value())
                    .orElseThrow(() -> ClientException.usage("this version does not know the roster's profile"));
            var key = CollectiveKey.read(Bfv.of(params), file);
            requireSigned(roster, shown.at("statements").items(), key.hash());
            return new TrustedKey(epoch, key);
        } catch (ClientException said) {
            throw said;
        } catch (TamisException strange) {
            throw new ClientException(Code.KEY_EPOCH_MISSING, ExitCode.NO, UNTRUSTED, strange);
        }
    }

    private static void requireSigned(Roster roster, List<JsonView> statements, Hash key) {
        var contexts = new HashSet<String>();
        var signers = new HashSet<Roster.Holder>();
        for (JsonView statement : statements) {
            SignedMessage signed = SignedMessage.fromJson(statement.value());
            var message = signed.message();
            boolean says = message.type().value().equals(DONE)
                    && message.roster().equals(roster.hash())
                    && JsonView.of(message.body()).at("key").text().equals(key.hex());
            roster.holder(message.from())
                    .filter(holder -> says && signed.verifiedBy(holder.key()))
                    .ifPresent(holder -> {
                        signers.add(holder);
                        contexts.add(message.context().value());
                    });
        }
        if (signers.size() != roster.holders().size() || contexts.size() != 1) {
            throw new ClientException(Code.KEY_EPOCH_MISSING, ExitCode.NO, UNTRUSTED);
        }
    }
}
