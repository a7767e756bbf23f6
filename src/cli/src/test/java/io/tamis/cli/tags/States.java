package io.tamis.cli.tags;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** States of rounds of one tag in two slots. */
final class States {
    private static final Hash ANY = Hash.sha256(new byte[] {1});

    private States() {}

    static BcfksKeyProvider keys(Path file) {
        return BcfksKeyProvider.create(
                file,
                SecretBytes.copyOf("a password for a test".getBytes(UTF_8)),
                true,
                new SystemRandom(),
                KeySet.PLATFORM);
    }

    /** A round that has just begun. */
    static TagState begun(BcfksKeyProvider keys, int attempt) {
        var context =
                new SlotContext(ANY, new KeyEpoch(1), TagService.TARGET.dataset(), 1, new PartyId("shop"), attempt);
        var spec = new TagSpec(
                new TagName("friends"),
                new ColumnName("friends"),
                new TagBounds(0, new Clamp(0, 500)),
                OptionalLong.empty());
        var plan = new SlotPlan(ANY, SlotPlan.FOLD, List.of(spec), 2);
        try (var order = new OwnOrder(SecretBytes.copyOf(new byte[32]), ANY, 9_000)) {
            return TagState.begun(context, plan, order, keys, new SystemRandom());
        }
    }
}
