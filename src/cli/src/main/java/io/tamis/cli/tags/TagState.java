package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.RandomSource;
import io.tamis.data.TamisException;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a platform is with one round: what it must never lose or say differently. The master, from which all seeds of the
 * round follow, is sealed under the platform's key store; it is erased after the last upload is acknowledged.
 *
 * @param persons of the version, in this order
 * @param master sealed; empty once erased
 * @param planned the plan as signed, written before it is sent
 * @param coin under which the round was opened
 */
record TagState(
        SlotContext context,
        List<TagSpec> tags,
        int blocks,
        int persons,
        Hash order,
        Optional<WrappedKey> master,
        Optional<SignedMessage> planned,
        Optional<Hash> coin) {
    private static final String FORMAT = "tamis-tags/v1";
    private static final String PLACE = "tamis-tags-master-v1/";
    private static final int NAME_MAX = 256;
    private static final int HASH_TEXT = 2 * Hash.LENGTH;
    private static final int SEALED_MAX = 1_024;
    private static final int MASTER_BYTES = 32;

    TagState {
        tags = List.copyOf(tags);
        Objects.requireNonNull(order);
        Objects.requireNonNull(master);
        Objects.requireNonNull(planned);
        Objects.requireNonNull(coin);
    }

    /** A round that has just begun, with a fresh master. */
    static TagState begun(SlotContext context, SlotPlan plan, OwnOrder order, KeyProvider keys, RandomSource random) {
        try (var master = SecretBytes.random(MASTER_BYTES, random)) {
            return new TagState(
                    context,
                    plan.tags(),
                    plan.blocks(),
                    order.persons(),
                    order.hash(),
                    Optional.of(keys.wrap(KeyName.PLATFORM_KEK, master, place(context))),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** The plan under these parameters. */
    SlotPlan plan(Hash paramsId) {
        return SlotPlan.of(paramsId, tags, blocks, persons);
    }

    int slots() {
        return SlotPlan.slots(tags, blocks);
    }

    /** The master; the caller closes it. STATE_CONFLICT once it is erased. */
    SecretBytes master(KeyProvider keys) {
        WrappedKey wrapped = master.orElseThrow(() -> new ClientException(
                Code.STATE_CONFLICT,
                ExitCode.NO,
                "these tags are uploaded and the round's master is erased: nothing can be encrypted in it again"));
        return keys.unwrap(KeyName.PLATFORM_KEK, wrapped, place(context));
    }

    TagState planned(SignedMessage message) {
        return new TagState(context, tags, blocks, persons, order, master, Optional.of(message), coin);
    }

    TagState opened(Hash tossed) {
        return new TagState(context, tags, blocks, persons, order, master, planned, Optional.of(tossed));
    }

    TagState erased() {
        return new TagState(context, tags, blocks, persons, order, Optional.empty(), planned, coin);
    }

    private static byte[] place(SlotContext context) {
        return (PLACE + context.messages().value() + "/" + context.roster().hex()).getBytes(StandardCharsets.UTF_8);
    }

    Json.Obj json() {
        var json = Json.object()
                .put("format", FORMAT)
                .put("roster", context.roster().hex())
                .put("keyEpoch", context.keyEpoch().number())
                .put("dataset", context.dataset().value())
                .put("version", context.version())
                .put("platform", context.platform().value())
                .put("try", context.attempt())
                .put("tags", Json.array(tags.stream().map(TagSpec::json).toList()))
                .put("blocks", blocks)
                .put("persons", persons)
                .put("orderHash", order.hex());
        master.ifPresent(wrapped -> json.put(
                "master",
                Json.object()
                        .put("generation", wrapped.generation())
                        .put("blob", Base64.getEncoder().encodeToString(wrapped.blob()))
                        .build()));
        planned.ifPresent(message -> json.put("said", Json.array(List.of(message.toJson()))));
        coin.ifPresent(tossed -> json.put("coin", tossed.hex()));
        return json.build();
    }

    /** Reads {@link #json}; INTERNAL when it is none. */
    static TagState read(byte[] bytes) {
        try {
            var fields = new JsonFields(Json.parse(bytes));
            if (!fields.string("format", NAME_MAX).equals(FORMAT)) {
                throw damaged(Optional.empty());
            }
            var context = new SlotContext(
                    Hash.parse(fields.string("roster", HASH_TEXT)),
                    new KeyEpoch(fields.integer("keyEpoch", 1, Json.Int.MAGNITUDE_MAX)),
                    new DatasetId(fields.string("dataset", NAME_MAX)),
                    (int) fields.integer("version", 1, Integer.MAX_VALUE),
                    new PartyId(fields.string("platform", NAME_MAX)),
                    (int) fields.integer("try", 1, SlotContext.ATTEMPTS_MAX));
            var state = new TagState(
                    context,
                    fields.list("tags", SlotPlan.TAGS_MAX, TagSpec::read),
                    (int) fields.integer("blocks", 1, SlotPlan.SLOTS_MAX),
                    (int) fields.integer("persons", 1, Integer.MAX_VALUE),
                    Hash.parse(fields.string("orderHash", HASH_TEXT)),
                    fields.optionalObject("master").map(TagState::master),
                    fields.optionalList("said", 1, SignedMessage::fromJson).stream()
                            .findFirst(),
                    fields.optionalString("coin", HASH_TEXT).map(Hash::parse));
            fields.end();
            return state;
        } catch (TamisException malformed) {
            throw damaged(Optional.of(malformed));
        }
    }

    private static WrappedKey master(JsonFields fields) {
        int generation = (int) fields.integer("generation", 1, Integer.MAX_VALUE);
        byte[] blob = Base64.getDecoder().decode(fields.string("blob", SEALED_MAX));
        fields.end();
        return new WrappedKey(KeyName.PLATFORM_KEK, generation, blob);
    }

    private static ClientException damaged(Optional<TamisException> cause) {
        String advice = "the state of this round is damaged: restore it, or ask for another attempt";
        return cause.map(why -> new ClientException(Code.INTERNAL, ExitCode.INTERNAL, advice, why))
                .orElseGet(() -> new ClientException(Code.INTERNAL, ExitCode.INTERNAL, advice));
    }
}
