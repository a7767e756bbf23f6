package io.tamis.synthetic;

/** What a world is made from; any 64 bits. Public: a synthetic world hides nothing. */
public record Seed(long value) {}
