package dev.terminalcloud.virtualdevice.behaviour;

/** The surcharge and tip added to an approved payment, in cents. */
public record Extras(long surchargeCents, long tipCents) {
    public static final Extras NONE = new Extras(0, 0);

    public Extras {
        if (surchargeCents < 0 || tipCents < 0) {
            throw new IllegalArgumentException(
                    "surcharge %d and tip %d must not be negative".formatted(surchargeCents, tipCents));
        }
    }
}
