package threadbook.weaving;

/// Something in the code that another thread could see, and how a site is put before it.
sealed interface Access {

    /// A monitor as the member of a site: it has no name.
    String MONITOR = "  ";

    /// {@return how many bytes the site adds}
    int size();

    /// A site that is only told.
    ///
    /// @param kind    as `AccessSites.bootstrap` takes it
    /// @param member  owner, name and descriptor, with a space between them
    record Before(String kind, String member, int line, Operands operands) implements Access {
        @Override
        public int size() {
            return operands.size();
        }
    }

    /// A site that chooses the object to be locked.
    ///
    /// @param variable  the local variable from which monitorexit will take the object
    record Enter(int variable, int line) implements Access {
        @Override
        public int size() {
            return Operands.SITE + 1 + (variable > 3 ? 2 : 1) + (variable > 255 ? 2 : 0);
        }
    }

    /// A site that is told when a monitor has been left: before the next instruction, for nothing that may
    /// throw may stand in the range of the handler that leaves the monitor.
    ///
    /// @param variable  the local variable that has the object
    record Left(int variable, int line) implements Access {
        @Override
        public int size() {
            return Operands.SITE + (variable > 3 ? 2 : 1) + (variable > 255 ? 2 : 0);
        }
    }
}
