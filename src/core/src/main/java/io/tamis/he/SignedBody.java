package io.tamis.he;

import java.util.Arrays;

/** Bytes and the Ed25519 signature behind them. This package frames; who checks signatures does so before it parses. */
public final class SignedBody {
    /** Length of a signature. */
    public static final int SIGNATURE_LENGTH = 64;

    private final byte[] content;
    private final byte[] signature;

    private SignedBody(byte[] content, byte[] signature) {
        this.content = content;
        this.signature = signature;
    }

    /** Content and its signature of 64 bytes, copied. */
    public static SignedBody of(byte[] content, byte[] signature) {
        HeException.accept(signature.length == SIGNATURE_LENGTH);
        return new SignedBody(content.clone(), signature.clone());
    }

    /** Splits bytes whose content has exactly this length; any other is refused before anything is copied. */
    public static SignedBody split(byte[] whole, int contentLength) {
        HeException.accept(contentLength >= 0 && whole.length == contentLength + SIGNATURE_LENGTH);
        return new SignedBody(
                Arrays.copyOf(whole, contentLength), Arrays.copyOfRange(whole, contentLength, whole.length));
    }

    /** Content, then signature. */
    public byte[] bytes() {
        byte[] joined = Arrays.copyOf(content, content.length + SIGNATURE_LENGTH);
        System.arraycopy(signature, 0, joined, content.length, SIGNATURE_LENGTH);
        return joined;
    }

    /** What is signed; a copy. */
    public byte[] content() {
        return content.clone();
    }

    /** The signature; a copy. */
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedBody that
                && Arrays.equals(content, that.content)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "SignedBody[" + content.length + "]";
    }
}
