"""A district by a third hand, whose papers tell enough that a careful reader finds nearly every link."""
