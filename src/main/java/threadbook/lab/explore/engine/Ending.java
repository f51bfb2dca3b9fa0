package threadbook.lab.explore.engine;

import threadbook.runtime.AccessSite;

/// The end of a thread, a step only where somebody asks whether it lives.
final class Ending extends Operation {
    private final Location life;

    Ending(Location life, AccessSite site) {
        super(site);
        this.life = life;
    }

    @Override
    public int[] footprint() {
        return life.writePrint;
    }

    @Override
    public String verb() {
        return "end";
    }
}
