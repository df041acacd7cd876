// Stoa
