package io.tamis.cli.holder;

import io.tamis.cli.client.OwnerOnly;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.DurableFile;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.RandomSource;
import io.tamis.holder.MessageContext;
import io.tamis.holder.SignedMessage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key holder's folder: key store, sealed files, its own log, the shares it has sent, a cache. They belong together for life; one
 * process at a time. Everything a holder has said is stored before it is said.
 */
final class HolderStore implements AutoCloseable {
    private static final String KEYS = "keys";
    private static final String PARTY = "party";
    private static final String HASH_FORM = "said-";
    private static final int SHARE_BYTES_MAX = 64 << 20;

    private final Path folder;
    private final KeyProvider keys;
    private final PartyId party;
    private final SealedFolder sealed;
    private final OpenedLog log;
    private final FileChannel channel;
    private final FileLock lock;

    private HolderStore(Path folder, KeyProvider keys, PartyId party, SealedFolder sealed, Lock held) {
        this.folder = folder;
        this.keys = keys;
        this.party = party;
        this.sealed = sealed;
        this.log = OpenedLog.open(folder.resolve("opened.jsonl"));
        this.channel = held.channel();
        this.lock = held.lock();
    }

    private record Lock(FileChannel channel, FileLock lock) {}

    /** Makes the folder of a new holder; {@code STATE_CONFLICT} when there is one. */
    static HolderStore create(Path folder, SecretBytes password, PartyId party, RandomSource random) {
        try {
            OwnerOnly.folder(folder);
        } catch (IOException unwritable) {
            throw new StoreException(Code.INTERNAL, unwritable);
        }
        Lock held = lock(folder);
        KeyProvider keys = BcfksKeyProvider.create(folder.resolve(KEYS), password, false, random, KeySet.HOLDER);
        var sealed = SealedFolder.create(folder.resolve("sealed"), keys, random);
        sealed.put(PARTY, party.value().getBytes(StandardCharsets.US_ASCII));
        return new HolderStore(folder, keys, party, sealed, held);
    }

    /** Opens the folder; {@code KEYS_MISSING} when the password or a part is wrong, {@code STATE_CONFLICT} when it is in use. */
    static HolderStore open(Path folder, SecretBytes password, RandomSource random) {
        if (!Files.isRegularFile(folder.resolve(KEYS))) {
            throw new StoreException(Code.KEYS_MISSING);
        }
        Lock held = lock(folder);
        try {
            // A folder that was copied or made by an earlier version may be open to others.
            tightened(folder);
            KeyProvider keys = BcfksKeyProvider.open(folder.resolve(KEYS), password);
            var sealed = SealedFolder.open(folder.resolve("sealed"), keys, random);
            byte[] party = sealed.find(PARTY).orElseThrow(() -> new StoreException(Code.KEYS_MISSING));
            var name = new PartyId(new String(party, StandardCharsets.US_ASCII));
            return new HolderStore(folder, keys, name, sealed, held);
        } catch (StoreException | CryptoException unusable) {
            close(held.lock(), held.channel());
            throw unusable;
        }
    }

    private static void tightened(Path folder) {
        try {
            OwnerOnly.folder(folder);
        } catch (IOException notTheOwner) {
            throw new StoreException(Code.INTERNAL, notTheOwner);
        }
    }

    private static Lock lock(Path folder) {
        try {
            FileChannel channel = OwnerOnly.kept(folder.resolve("lock"));
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new Lock(channel, lock);
                }
            } catch (OverlappingFileLockException thisProcess) {
                channel.close();
                throw new StoreException(Code.STATE_CONFLICT, thisProcess);
            }
            channel.close();
            throw new StoreException(Code.STATE_CONFLICT);
        } catch (IOException unusable) {
            throw new StoreException(Code.INTERNAL, unusable);
        }
    }

    KeyProvider keys() {
        return keys;
    }

    PartyId party() {
        return party;
    }

    SealedFolder sealed() {
        return sealed;
    }

    OpenedLog log() {
        return log;
    }

    ContentCache cache(long bytesMax) {
        return new ContentCache(folder.resolve("cache"), bytesMax);
    }

    /** Every message this holder has stored under a context, oldest first. */
    List<SignedMessage> said(MessageContext context) {
        Optional<byte[]> stored = sealed.find(said(context.value()));
        var messages = new ArrayList<SignedMessage>();
        if (stored.isPresent() && Json.parse(stored.get()) instanceof Json.Arr array) {
            array.items().forEach(item -> messages.add(SignedMessage.fromJson(item)));
        }
        return List.copyOf(messages);
    }

    /** Stores a message, unless it is stored already; only then may it be posted. */
    void say(SignedMessage message) {
        var context = message.message().context();
        var messages = new ArrayList<>(said(context));
        if (messages.contains(message)) {
            return;
        }
        messages.add(message);
        Json.Arr all = Json.array(messages.stream().map(SignedMessage::toJson).toList());
        sealed.put(said(context.value()), all.canonicalBytes());
    }

    private static String said(String context) {
        return HASH_FORM + Hash.sha256(context.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** Stores the message that answers a ticket; on disk when this returns. */
    void keepShare(Hash ticket, byte[] octets) {
        try {
            OwnerOnly.folder(folder.resolve("shares"));
            DurableFile.replace(share(ticket), octets);
        } catch (IOException unwritable) {
            throw new StoreException(Code.INTERNAL, unwritable);
        }
    }

    /** The stored message that answers a ticket; one that is not the logged one is {@code INTERNAL}, never made again. */
    byte[] share(Hash ticket, Hash logged) {
        try {
            if (Files.isRegularFile(share(ticket)) && Files.size(share(ticket)) <= SHARE_BYTES_MAX) {
                byte[] octets = Files.readAllBytes(share(ticket));
                if (Hash.sha256(octets).equals(logged)) {
                    return octets;
                }
            }
            throw new StoreException(Code.INTERNAL);
        } catch (IOException unreadable) {
            throw new StoreException(Code.INTERNAL, unreadable);
        }
    }

    private Path share(Hash ticket) {
        return folder.resolve("shares").resolve(ticket.hex());
    }

    @Override
    public void close() {
        sealed.close();
        log.close();
        close(lock, channel);
    }

    private static void close(FileLock lock, FileChannel channel) {
        try {
            lock.release();
            channel.close();
        } catch (IOException ending) {
            throw new StoreException(Code.INTERNAL, ending);
        }
    }
}
